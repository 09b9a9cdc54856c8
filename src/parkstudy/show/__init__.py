"""What is seen: exhibits, with the records behind their numbers."""

LOADER = "parkstudy_loader"  # in the metadata of the output of a notebook that makes its exhibits alive
