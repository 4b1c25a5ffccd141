import { expect, it } from "vitest";
import {
	domainBodyOf,
	domainFormOf,
	domainProblems,
	type EmailDomain,
	type EmailRoute,
	routeBodyOf,
	routeFormOf,
	routeProblems,
} from "./email-forms.ts";
import { mailboxBodyOf, mailboxFormOf, mailboxProblems } from "./mailbox-model.ts";

const domain: EmailDomain = {
	id: "shop.example",
	smtp: { host: "smtp.shop.example", port: 465, security: "tls", user: "inlay", hasPassword: true, dkimSelector: "m1" },
	version: 2,
};
const route: EmailRoute = {
	...{ id: "r1", domain: "shop.example", pattern: "support", address: "support@shop.example", fromName: "Support" },
	...{
		queueId: "q1",
		settings: {
			...{ threadingHours: 72, priority: 0, signature: "Bye", undoSeconds: 5, autoBcc: ["log@shop.example"] },
			...{ hasOwnSignatures: false, signsOnce: true, holdsSpam: true },
		},
	},
	version: 1,
};

it("a domain that was opened and saved lost nothing, and no password was sent that was not typed", () => {
	expect(domainBodyOf(domainFormOf(domain))).toEqual({
		smtp: { host: "smtp.shop.example", port: 465, security: "tls", user: "inlay", dkimSelector: "m1" },
	});
	expect(domainBodyOf({ ...domainFormOf(domain), password: "new" }).smtp).toMatchObject({ password: "new" });
	expect(domainBodyOf({ ...domainFormOf(domain), host: " " })).toEqual({ smtp: null });
	expect(domainProblems(domainFormOf(domain))).toEqual(new Set());
	expect(domainProblems(domainFormOf({ id: "shop.example", version: 1 }))).toEqual(new Set());
});

it("an address that was opened and saved lost nothing", () => {
	const signing = { signature: "Bye", hasOwnSignatures: false, signsOnce: true, holdsSpam: true };
	const settings = { threadingHours: 72, ...signing, undoSeconds: 5, autoBcc: ["log@shop.example"] };
	expect(routeBodyOf(routeFormOf(route))).toEqual({ pattern: "support", fromName: "Support", queueId: "q1", settings });
	expect(routeProblems(routeFormOf(route))).toEqual(new Set());
});

it.each([
	[{ id: "shop" }, "id"],
	[{ port: "70000" }, "port"],
	[{ port: "" }, "port"],
	[{ security: "none" }, "security"],
] as const)("of a domain %o was sent, to be refused", (change, field) => {
	expect([...domainProblems({ ...domainFormOf(domain), ...change })]).toEqual([field]);
});

it.each([
	[{ domain: "" }, "domain"],
	[{ pattern: "a b" }, "pattern"],
	[{ pattern: "a+b" }, "pattern"],
	[{ fromName: " " }, "fromName"],
	[{ queueId: "" }, "queueId"],
	[{ threadingHours: "73" }, "threadingHours"],
	[{ undoSeconds: "31" }, "undoSeconds"],
] as const)("of an address %o was sent, to be refused", (change, field) => {
	expect([...routeProblems({ ...routeFormOf(route), ...change })]).toEqual([field]);
});

it("a mailbox that was opened and saved lost nothing, and no password was sent that was not typed", () => {
	const kept = { host: "imap.shop.example", port: 993, security: "tls" as const, user: "shop", folder: "INBOX" };
	const form = mailboxFormOf({ ...kept, version: 1, isOpen: true });
	expect(mailboxBodyOf(form)).toEqual(kept);
	expect(mailboxBodyOf({ ...form, password: " new " })).toMatchObject({ password: " new " });
});

it("a mailbox whose host, user, password or port was missing had a dead button, and nothing said why", () => {
	const form = mailboxFormOf({
		host: "imap.shop.example",
		port: 993,
		security: "tls",
		user: "shop",
		folder: "INBOX",
		version: 1,
		isOpen: true,
	});
	const problems = (change: object, isNew = false) => [...mailboxProblems({ ...form, ...change }, isNew)];
	expect(problems({})).toEqual([]);
	expect(problems({ host: " ", user: "", port: "0" })).toEqual(["host", "user", "port"]);
	expect(problems({}, true)).toEqual(["password"]);
});
