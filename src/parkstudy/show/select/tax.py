"""What the exhibits on tax select."""

import polars as pl

from parkstudy.method import tax
from parkstudy.method.study import Study
from parkstudy.show.exhibit import Selected
from parkstudy.show.select.shared import GIVEN, OFFICIAL, REFUSED, banded, measures_of, on_basis, trust

PER_OUTPUT = ("tax_per_output", "tax_per_tit_revenue")
_SAID = ("tax_per_output", "tax_buoyancy", "taxpayer_concentration")  # the measures that sentences speak of
_COUNTED = (*_SAID, "tax_per_tit_revenue", "tax_per_value_added")  # and the ones on which they rest as well


def measures(study: Study) -> pl.DataFrame:
    """Every tax measure."""
    return measures_of(study, tax.MEASURES)


def sentences(study: Study, basis: str) -> Selected:
    """Tax per output by grade, with its bands; what is refused; buoyancy; the readings of a concentration, by sentence."""
    rows = measures(study)
    ratios, buoyancy, concentration = (rows.filter(GIVEN, measure=measure) for measure in _SAID)
    banded_ratios = banded(ratios, basis)
    official = banded_ratios.filter(OFFICIAL, value_type="outturn")
    facts = {
        "official": official.to_dicts(), "several_populations": official["population"].n_unique() > 1,
        "apart": banded_ratios.filter(grade="C").to_dicts(), "some": banded_ratios.height > 0,
        "refused": rows.filter(REFUSED, measure="tax_per_output", basis="reported").to_dicts(),
        "buoyancy": buoyancy.to_dicts(),
        "taxpayers": [group.to_dicts() for group in concentration.partition_by("park_id", "subject", maintain_order=True)],
        "nothing": not (ratios.height or buoyancy.height or concentration.height),
        "trust": trust(measures_of(study, _COUNTED, (pl.col("basis") == basis) | REFUSED)),
    }  # fmt: skip
    return Selected(rows, facts)


def per_output(study: Study, basis: str) -> Selected:
    """Tax per output with its full-year band, or as a full year; other revenue in a panel of its own."""
    rows = measures_of(study, PER_OUTPUT, (pl.col("measure") == "tax_per_output") | GIVEN)
    shown = banded(rows, basis)
    if basis == "annualised":  # a park without any value has its reason in the rows as reported
        shown = pl.concat([shown, rows.filter(REFUSED, basis="reported")], how="diagonal")
    official = shown.filter(GIVEN, OFFICIAL, measure="tax_per_output", value_type="outturn")
    return Selected(shown, {"official": official.to_dicts()})


def concentration(study: Study) -> Selected:
    """Tax of named taxpayers over the tax it is a part of, in every reading of the sentence."""
    return Selected(measures_of(study, ["taxpayer_concentration"], GIVEN))


def every(study: Study, basis: str) -> Selected:
    """Every tax measure of a basis, and what is refused."""
    return Selected(on_basis(measures(study), basis))
