/**
 * The function that a guarded `framework.js` calls with its line, in each turn of a loop and each call of a function (decision 58):
 * `@inlay/framework` puts the calls in, the panel's window has it.
 */
export const turnGuard = "__inlayTurn";

/** Of what is put in: browsers keep a guarded script by an address that names it. */
export const guardsVersion = 1;

/**
 * Property of an error that a script in `inlay dev` has thrown: where its author finds it, as `pop.ts:2`. Browsers name a line of
 * what was made of the file.
 */
export const authorsPlace = "inlayPlace";
