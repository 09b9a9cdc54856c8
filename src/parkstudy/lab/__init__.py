"""JupyterLab on a notebook of the study: a copy of it, its cells run, its address."""
