"""How it is said: `codes.csv` has the labels of every closed list, `en/` and `zh/` the sentences, a template a page.

`record.codes` reads the labels, `speech` says numbers, periods and sentences in one language, `lines` breaks them. A new label
is a row of `codes.csv`; a new sentence is a block of a template in each language. A template chooses by codes and prints.
"""
