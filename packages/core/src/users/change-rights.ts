import type { Judge } from "../authorization/judge.ts";
import type { User } from "./model.ts";

/** What of a user decides who can use what they hold. */
type SignIn = Pick<User, "id" | "state" | "username" | "email">;

/** What can give a user's rights to somebody: being active again, and the name and address that they are known by. */
export function touchesRights({ state, username, email }: Partial<SignIn>): boolean {
	return state !== undefined || username !== undefined || email !== undefined;
}

/**
 * Whoever wakes a user, or puts another name or address in their place, must hold all that the user holds; and so must
 * whoever puts them out of work, since that takes it all.
 */
export async function judgeChange(
	judge: Pick<Judge, "mayHandOver" | "mayEnd">,
	before: SignIn,
	after: SignIn,
): Promise<void> {
	const wakes = before.state !== "active" && after.state === "active";
	const renames = before.username !== after.username || before.email !== after.email;
	const ends = before.state !== after.state && (before.state === "active" || after.state === "deleted");
	if (wakes || renames) await judge.mayHandOver(before.id);
	if (ends) await judge.mayEnd(before.id);
}
