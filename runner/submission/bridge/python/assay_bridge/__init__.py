# SPDX-License-Identifier: MIT
"""The bridge between hidden tests and a candidate's module.

The tests run in box B, the candidate's module lives in box A, and everything between them crosses one
stream as plain data. B imports a stand-in for the module (importer.py); A serves it (candidate.py).

    wire.py       frames: four bytes of length, then one JSON object
    values.py     plain data as JSON, and the closed lists of what else has a name on the wire
    names.py      the special methods that cross
    containers.py lists, dicts, sets that both sides hold, and what changed in them
    describe.py   what one side tells about its classes and functions
    standins.py   what the other side makes of that: classes, instances, functions, generators
    encoding.py   values on their way to the wire
    decoding.py   values as they come from it
    peer.py       one end of the stream: requests and answers
    candidate.py  A's end, which serves freely
    asked.py      what A may ask of B, which is as little as can be
    tester.py     B's end: its clock, its restarts, what it refuses
    printed.py    what the solution prints, and how much of it somebody gets
    profile.py    what the accepted solutions gave, and what that says about others
    record.py     what B leaves behind for assay
    importer.py   the stand-in for the module, and how it gets into B's interpreter
    plugin.py     how pytest tells which test is running

Both ends share most of the code, but not their trust. A runs the candidate's code, which can write
anything into the stream: nothing that A does protects anybody. B believes nothing: every frame is
checked, a mistake ends A, and what a test compares is compared in B.
"""
