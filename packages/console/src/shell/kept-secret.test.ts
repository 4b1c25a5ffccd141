import { expect, it } from "vitest";
import { isElsewhere, type MessageAddress } from "../features/messages/address-form.ts";
import { losesSecret } from "./kept-secret.ts";

const server = ["host", "port", "security", "user"] as const;
const kept = { host: "mail.example", port: "587", security: "starttls", user: "help", folder: "INBOX" };

it("a password was to be left empty to keep it, after its port, security or user had changed", () => {
	expect(losesSecret({ ...kept, host: " mail.example ", folder: "Support" }, kept, server)).toBe(false);
	const changes = [{ host: "mx.example" }, { port: "465" }, { security: "tls" }, { user: "" }];
	for (const change of changes) expect(losesSecret({ ...kept, ...change }, kept, server)).toBe(true);
	expect(losesSecret(kept, undefined, server), "there is none yet").toBe(false);
});

it("a secret of messages was to be left empty to keep it, after they had moved to another server", () => {
	const before = { settings: { webhookUrl: "https://shop.example/a" } } as MessageAddress;
	expect(isElsewhere({ webhookUrl: "https://shop.example/b" }, before)).toBe(false);
	expect(isElsewhere({ webhookUrl: "" }, before), "nothing goes anywhere").toBe(false);
	expect(isElsewhere({ webhookUrl: "https://shop.example:8443/a" }, before)).toBe(true);
	expect(isElsewhere({ webhookUrl: "https://shop.example/a" }, undefined)).toBe(false);
});
