// SPDX-License-Identifier: MIT
/*
 * Names that we give: a candidate's pseudonym ("C-7Q2K") and ids nobody can guess.
 */
#ifndef BASE_ID_H
#define BASE_ID_H

enum { ID_PSEUDONYM = 8, ID_RANDOM = 27 };

/* "C-" and four of 32 letters and digits that can't be mistaken for each other (no I, L, O, U). */
void id_pseudonym(char out[ID_PSEUDONYM]);

/* "S-" and four of the same: a session's id, which people type. */
void id_session(char out[ID_PSEUDONYM]);

/* 26 lower-case letters and digits: 130 random bits. */
void id_random(char out[ID_RANDOM]);

#endif
