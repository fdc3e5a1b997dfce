// SPDX-License-Identifier: MIT
/*
 * Names that we give: a candidate's pseudonym ("C-7Q2K") and a session's id ("S-4M1B").
 */
#ifndef BASE_ID_H
#define BASE_ID_H

enum { ID_PSEUDONYM = 8 };

/* "C-" and four of 32 letters and digits that can't be mistaken for each other (no I, L, O, U). */
void id_pseudonym(char out[ID_PSEUDONYM]);

/* "S-" and four of the same: a session's id, which people type. */
void id_session(char out[ID_PSEUDONYM]);

#endif
