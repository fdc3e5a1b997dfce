// SPDX-License-Identifier: MIT
/*
 * The program `assay`: everything is in cli_main, so that tests can link all but this file.
 */
#include "cli/cli.h"

int main(int argc, char **argv)
{
	return cli_main(argc, argv);
}
