import _pytest.reports

_pytest.reports.TestReport.from_item_and_call = None
