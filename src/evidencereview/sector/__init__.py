"""What many reviewed forms know more than one: where each stands, what landlords share, and rows to learn from.

results of a batch → sector (figures by form, provision and flag) → text, workbook, page
"""

from evidencereview.sector.compare import Sector, survey

__all__ = ["Sector", "survey"]
