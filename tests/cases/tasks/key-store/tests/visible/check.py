import os
import urllib.request

URL = os.environ["ASSAY_URL"]

request = urllib.request.Request(URL + "/a", data=b"1", method="PUT")
urllib.request.urlopen(request, timeout=2)
with urllib.request.urlopen(URL + "/a", timeout=2) as answer:
    kept = answer.read() == b"1"
print("TAP version 13")
print("1..1")
print(("ok" if kept else "not ok") + " 1 - what was put can be read")
