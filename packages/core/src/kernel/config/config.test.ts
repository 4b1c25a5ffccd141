import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig } from "./config.ts";
import { StartError } from "./start-error.ts";

function refusal(argv: string[], env: Record<string, string | undefined> = {}): StartError {
	try {
		readConfig(argv, env);
	} catch (error) {
		if (error instanceof StartError) return error;
		throw error;
	}
	throw new Error(`${argv.join(" ")} was accepted`);
}

describe("readConfig", () => {
	test("needs nothing", () => {
		expect(readConfig([], {})).toEqual({
			port: 8080,
			host: "127.0.0.1",
			dataDir: resolve("data"),
			databaseUrl: undefined,
			publicUrl: "http://localhost:8080",
			panelPort: 8083,
			panelUrl: "http://localhost:8083",
			trustProxy: [],
			mayCall: [],
			demo: true,
			demoSamples: true,
			region: "mypurecloud.com",
			mediaAddress: undefined,
			mediaPort: undefined,
			smtpPort: undefined,
			rateLimit: 6000,
			logLevel: "warn",
		});
	});

	test("reads flags", () => {
		const argv = ["--port", "9000", "--data=/srv/inlay", "--no-demo", "--public-url", "https://inlay.example.com/"];
		argv.push("--panel-url", "https://panel.example.com/", "--trust-proxy", "10.0.0.5, fd00::/8");
		expect(readConfig(argv, {})).toMatchObject({
			port: 9000,
			dataDir: "/srv/inlay",
			demo: false,
			publicUrl: "https://inlay.example.com",
			panelUrl: "https://panel.example.com",
			panelPort: 9003,
			trustProxy: ["10.0.0.5", "fd00::/8"],
		});
	});

	test("reads the environment", () => {
		const env = {
			INLAY_PORT: "9001",
			INLAY_HOST: "0.0.0.0",
			INLAY_DATA: "/srv/other",
			DATABASE_URL: "postgres://me:secret@db:5433/calls",
			INLAY_PUBLIC_URL: "http://calls.test:81",
			INLAY_PANEL_URL: "http://panel.test:81",
			INLAY_PANEL_PORT: "9001",
			INLAY_TRUST_PROXY: "127.0.0.1",
			INLAY_MAY_CALL: "mail.corp:587, 10.0.0.0/24",
			INLAY_DEMO: "false",
			INLAY_REGION: "mypurecloud.ie",
			INLAY_MEDIA_ADDRESS: "192.0.2.7",
			INLAY_MEDIA_PORT: "40000",
			INLAY_SMTP_PORT: "2525",
			INLAY_RATE_LIMIT: "0",
			INLAY_LOG_LEVEL: "debug",
		};
		expect(readConfig([], env)).toEqual({
			port: 9001,
			host: "0.0.0.0",
			dataDir: "/srv/other",
			databaseUrl: "postgres://me:secret@db:5433/calls",
			publicUrl: "http://calls.test:81",
			panelUrl: "http://panel.test:81",
			panelPort: 9001,
			trustProxy: ["127.0.0.1"],
			mayCall: [{ host: "mail.corp", port: 587 }, { host: "10.0.0.0/24" }],
			demo: false,
			demoSamples: true,
			region: "mypurecloud.ie",
			mediaAddress: "192.0.2.7",
			mediaPort: 40_000,
			smtpPort: 2525,
			rateLimit: 0,
			logLevel: "debug",
		});
	});

	test("prefers a flag to its variable, and takes an empty variable for none", () => {
		const config = readConfig(["--port", "9002", "--demo"], {
			INLAY_PORT: "9003",
			INLAY_DEMO: "false",
			INLAY_HOST: "",
		});
		expect(config).toMatchObject({ port: 9002, demo: true, host: "127.0.0.1" });
	});

	test.each([
		{ argv: ["--prot", "9000"], names: "--prot" },
		{ argv: ["--port"], names: "--port" },
		{ argv: ["--port", "http"], names: "--port" },
		{ argv: ["--port", "0"], names: "--port" },
		{ argv: ["--port", "65533"], names: "--port" },
		{ argv: ["--port", "8e3"], names: "--port" },
		{ argv: ["--data", ""], names: "--data" },
		{ argv: ["--no-port"], names: "--no-port" },
		{ argv: ["surprise"], names: "surprise" },
		{ argv: [], env: { INLAY_PORT: "-1" }, names: "INLAY_PORT" },
		{ argv: [], env: { INLAY_DEMO: "maybe" }, names: "INLAY_DEMO" },
		{ argv: [], env: { INLAY_PUBLIC_URL: "inlay.example.com" }, names: "INLAY_PUBLIC_URL" },
		{ argv: [], env: { INLAY_PUBLIC_URL: "https://example.com/inlay" }, names: "INLAY_PUBLIC_URL" },
		{ argv: [], env: { INLAY_PUBLIC_URL: "https://me:secret@example.com" }, names: "INLAY_PUBLIC_URL" },
		{ argv: [], env: { INLAY_REGION: "https://mypurecloud.com" }, names: "INLAY_REGION" },
		{ argv: [], env: { INLAY_MEDIA_ADDRESS: "media.example.com" }, names: "INLAY_MEDIA_ADDRESS" },
		{ argv: ["--may-call", "10.0.0.0/33"], names: "--may-call" },
		{ argv: [], env: { INLAY_LOG_LEVEL: "loud" }, names: "INLAY_LOG_LEVEL" },
	])("refuses $argv $env, naming $names", ({ argv, env, names }) => {
		const error = refusal(argv, env);
		expect(error).toMatchObject({ code: "config.invalid", exitCode: 10 });
		expect(error.sentence).toContain(names);
		expect(error.sentence).not.toContain("\n");
	});

	test("allows the last ports when neither demo nor panel needs those behind", () => {
		expect(readConfig(["--port", "65535", "--no-demo", "--panel-port", "4000"], {}).port).toBe(65_535);
	});

	test("does not repeat a database URL, which may hold a password", () => {
		const { sentence } = refusal([], { DATABASE_URL: "mysql://me:secret@db/calls" });
		expect(sentence).toContain("DATABASE_URL");
		expect(sentence).not.toContain("secret");
	});

	test("a negative port was an ambiguous argument", () => {
		const { sentence } = refusal(["--port", "-1"]);
		expect(sentence).toContain("--port must be a whole number");
		expect(sentence).toContain('"-1"');
	});

	test("a flag without its value is not given the next flag", () => {
		expect(refusal(["--port", "--no-demo"]).sentence).toContain("--port");
	});
});
