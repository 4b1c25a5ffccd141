/** The page's word for who its visitor is: a JWT, or what fetches one that is fresh. */
export type SignIn = string | (() => string | undefined | Promise<string | undefined>);

/**
 * @returns undefined where nobody is signed in
 * @throws whatever the page's function does: then nobody can say who it is, and it is no guest
 */
export async function tokenOf(by: SignIn): Promise<string | undefined> {
	return (typeof by === "string" ? by : await by()) || undefined;
}

/** What all names begin with by which this browser keeps things for people who are signed in. */
export const signedIn = "as.";

/** What the names begin with of what is kept for whoever has this token: by its `sub`, as the token itself changes. */
export function keepOf(jwt: string): string {
	return `${signedIn}${JSON.stringify(subjectOf(jwt))}.`;
}

/** Not verified: the server does that, and this only tells one's things from another's. */
function subjectOf(jwt: string): unknown {
	try {
		return JSON.parse(atob((jwt.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/"))).sub;
	} catch {
		return undefined;
	}
}
