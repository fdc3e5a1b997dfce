cc -I/tests -I/work -o /tmp/test /tests/test_leap.c /work/leap.o && exec /tmp/test
