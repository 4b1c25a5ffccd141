/** A domain for emails, as the server has it. */
export interface EmailDomain {
	/** Its name. */
	id: string;
	smtp?: { host: string; port: number; security: Security; user?: string; hasPassword: boolean; dkimSelector?: string };
	version: number;
}

export const securities = ["tls", "starttls", "none"] as const;
export type Security = (typeof securities)[number];
/** By which a mail server, and who signs in there, is known. */
export const serverFields = ["host", "port", "security", "user"] as const;

/** The same in a form: texts as they are typed. An empty host: nothing is sent from it. */
export interface DomainForm {
	id: string;
	host: string;
	port: string;
	security: Security;
	user: string;
	/** Empty leaves the one that is kept. */
	password: string;
	/** By which the server signs; empty: nobody has said. */
	dkimSelector: string;
}

export function domainFormOf({ id, smtp }: EmailDomain): DomainForm {
	const { host = "", port = 587, security = "starttls", user = "", dkimSelector = "" } = smtp ?? {};
	return { id, host, port: String(port), security, user, password: "", dkimSelector };
}

/** What is sent. Only for a form without problems. */
export function domainBodyOf({ host, port, security, user, password, dkimSelector }: DomainForm) {
	if (host.trim() === "") return { smtp: null };
	const name = user.trim();
	return {
		smtp: {
			...{ host: host.trim(), port: Number(port), security, user: name === "" ? null : name },
			...(name !== "" && password !== "" ? { password } : {}),
			dkimSelector: dkimSelector.trim() || null,
		},
	};
}

export function domainProblems(form: DomainForm): Set<keyof DomainForm> {
	const problems = new Set<keyof DomainForm>();
	if (!/^\s*[a-z0-9-]+(\.[a-z0-9-]+)+\s*$/i.test(form.id)) problems.add("id");
	if (form.host.trim() === "") return problems;
	const port = Number(form.port);
	if (!/^\s*\d{1,5}\s*$/.test(form.port) || port < 1 || port > 65_535) problems.add("port");
	if (form.user.trim() !== "" && form.security === "none") problems.add("security");
	return problems;
}

/** An address for emails, as the server has it. */
export interface EmailRoute {
	id: string;
	domain: string;
	pattern: string;
	address: string;
	fromName: string;
	queueId: string;
	settings: {
		threadingHours: number;
		priority: number;
		signature: string;
		hasOwnSignatures: boolean;
		signsOnce: boolean;
		holdsSpam: boolean;
		undoSeconds: number;
		autoBcc: string[];
	};
	version: number;
}

export interface RouteForm {
	domain: string;
	pattern: string;
	fromName: string;
	queueId: string;
	threadingHours: string;
	signature: string;
	hasOwnSignatures: boolean;
	signsOnce: boolean;
	holdsSpam: boolean;
	undoSeconds: string;
	/** Addresses with commas between. */
	autoBcc: string;
}

export function routeFormOf({ domain, pattern, fromName, queueId, settings }: EmailRoute): RouteForm {
	const { threadingHours, signature, hasOwnSignatures, signsOnce, holdsSpam, undoSeconds, autoBcc } = settings;
	return {
		domain,
		pattern,
		fromName,
		queueId,
		...{ signature, hasOwnSignatures, signsOnce, holdsSpam },
		threadingHours: String(threadingHours),
		undoSeconds: String(undoSeconds),
		autoBcc: autoBcc.join(", "),
	};
}

export function routeBodyOf({
	pattern,
	fromName,
	queueId,
	threadingHours,
	signature,
	hasOwnSignatures,
	signsOnce,
	holdsSpam,
	undoSeconds,
	autoBcc,
}: RouteForm) {
	const hidden = autoBcc.split(/[\s,;]+/).filter((one) => one !== "");
	return {
		...{ pattern: pattern.trim(), fromName: fromName.trim(), queueId },
		settings: {
			threadingHours: Number(threadingHours),
			...{ signature: signature.trim(), hasOwnSignatures, signsOnce, holdsSpam },
			undoSeconds: Number(undoSeconds),
			autoBcc: hidden,
		},
	};
}

export function routeProblems(form: RouteForm): Set<keyof RouteForm> {
	const problems = new Set<keyof RouteForm>();
	if (form.domain === "") problems.add("domain");
	if (!/^\s*[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\s*$/i.test(form.pattern)) problems.add("pattern");
	if (form.fromName.trim() === "") problems.add("fromName");
	if (form.queueId === "") problems.add("queueId");
	if (!/^\s*\d{1,2}\s*$/.test(form.threadingHours) || Number(form.threadingHours) > 72) problems.add("threadingHours");
	if (!/^\s*\d{1,2}\s*$/.test(form.undoSeconds) || Number(form.undoSeconds) > 30) problems.add("undoSeconds");
	return problems;
}
