/** What the address of the panel asks for (framework-contract 1.2). Unknown parameters stay untouched for framework.js. */
export interface PanelUrl {
	/** It was refused, and looks whether it is let in by now: no operator is told of that again (`coming-back.ts`). */
	again?: boolean;
	/** Everything before `/crm/`: origin and, behind a gateway, its path prefix. */
	base: string;
	/** Integration id of a private deployment. */
	deployment?: string;
	/** Partner name of a public deployment, from `/crm/<partner>/index.html`. */
	partner?: string;
	/** URL form of `settings.dedicatedLoginWindow`; needed because sign-in may come before the script. */
	dedicatedLoginWindow?: boolean;
	/** URL form of `settings.sso`. */
	provider?: string;
	orgName?: string;
	/** An OAuth client that may sign in, where this organization has none of the script's. */
	clientId?: string;
	/** User name that the sign-in page starts with, given by the page that embeds the panel. */
	loginHint?: string;
	/** Who embeds the panel lets other pages of the list speak, such as the CRMs that stand beside it in a hub. */
	severalHosts: boolean;
	/** True for local development: the script comes from the developer's own machine. */
	localScript: boolean;
}

function flag(value: string | null): boolean | undefined {
	if (value === null) return undefined;
	return !["false", "0", "no"].includes(value.trim().toLowerCase());
}

/** Reads the panel's address. Parameter names count in any letter case, as administrators type them loosely. */
export function readPanelUrl(href: string): PanelUrl {
	const url = new URL(href);
	const parameters = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
	const at = url.pathname.toLowerCase().indexOf("/crm/");
	const below = at < 0 ? [] : url.pathname.slice(at + 5).split("/");
	const text = (name: string) => parameters.get(name)?.trim() || undefined;
	return {
		base: url.origin + (at < 0 ? "" : url.pathname.slice(0, at)),
		deployment: text("deployment"),
		partner: below.length === 2 && below[0] ? decodeURIComponent(below[0]) : undefined,
		dedicatedLoginWindow: flag(parameters.get("dedicatedloginwindow") ?? null),
		provider: text("provider"),
		orgName: text("orgname"),
		clientId: text("clientids"),
		loginHint: text("login_hint"),
		severalHosts: flag(parameters.get("severalhosts") ?? null) === true,
		localScript: text("crm")?.toLowerCase() === "framework-local-secure",
	};
}
