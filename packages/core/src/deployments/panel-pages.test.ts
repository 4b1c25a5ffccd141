import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PanelPages, panelAway } from "./panel-pages.ts";
import type { PanelPolicyFacts } from "./panel-policy.ts";

const panelUrl = "http://panel.example";
const apiUrl = "http://localhost:8080";
const hosts = ["https://crm.example", "https://*.partner.example"];
const policy: PanelPolicyFacts = {
	hosts,
	panelUrl,
	apiUrl,
	scriptSources: ["https://cdn.example"],
	connections: ["https://api.crm.example", "wss://live.crm.example"],
};
let folder: string;
let pages: PanelPages;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "inlay-pages-"));
	await writeFile(join(folder, "index.html"), "<title>Panel</title>");
	pages = new PanelPages(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const ask = (headers: Record<string, string>) => pages.page("index.html", { headers, policy });
const framedBy = (referer: string, dest = "iframe") => ask({ "sec-fetch-dest": dest, referer, host: "127.0.0.1:8080" });

const directive = (answer: { headers: Record<string, string | string[]> }, name: string) =>
	String(answer.headers["content-security-policy"])
		.split("; ")
		.find((one) => one.startsWith(`${name} `))
		?.slice(name.length + 1);

describe("a panel page", () => {
	it("runs its own scripts and those that the deployment names, and no text as script", async () => {
		const answer = await ask({});
		expect(directive(answer, "script-src")).toBe("'self' https://cdn.example");
		expect(directive(answer, "default-src")).toBe("'self'");
		expect(directive(answer, "object-src")).toBe("'none'");
	});

	it("sent what it heard to any server that a script named, as calls went to all of https", async () => {
		const own = "'self' http://localhost:8080 ws://localhost:8080";
		expect(directive(await ask({}), "connect-src")).toBe(`${own} https://api.crm.example wss://live.crm.example`);
		const open = await pages.page("index.html", { headers: {}, policy: { ...policy, connections: "anywhere" } });
		expect(directive(open, "connect-src")).toBe(`${own} http: https: ws: wss:`);
	});

	it("shows no sign-in in a frame that a customer's script makes, also where every local page may embed panels", async () => {
		const local = { ...policy, hosts: ["http://localhost:*", "https://crm.example"] };
		const answer = await pages.page("index.html", { headers: {}, policy: local });
		expect(directive(answer, "frame-src")).toBe("'self' https://crm.example");
	});

	it("a frame that was loaded while the database was away stayed blank until somebody loaded the page anew", async () => {
		const answer = panelAway({ "accept-language": "nl" });
		expect(answer.body).toContain("<title>Een ogenblik</title>");
		expect(answer.status).toBe(503);
		expect(directive(answer, "frame-ancestors")).toBe("*");
		const [, script = ""] = /<script>([\s\S]*)<\/script>/.exec(String(answer.body)) ?? [];
		const hash = createHash("sha256").update(script).digest("base64");
		expect(directive(answer, "script-src")).toBe(`'sha256-${hash}'`);
		const [reloads, answers]: [number[], number[]] = [[], [503, 502, 429, 200]];
		const page = { location: { href: "x", reload: () => reloads.push(answers.length) } };
		await new Promise<void>((done) => {
			const fetch = async () => ({ status: answers.shift() });
			const soon = (work: () => Promise<void>) =>
				setTimeout(async () => (await work(), answers.length === 0 && done()));
			new Function("location", "fetch", "setTimeout", script)(page.location, fetch, soon);
		});
		expect(reloads).toEqual([0]);
	});

	it("names to the browser exactly who may frame it", async () => {
		const answer = await ask({});
		expect(answer.status).toBe(200);
		expect(answer.body).toBe("<title>Panel</title>");
		expect(directive(answer, "frame-ancestors")).toBe("'self' https://crm.example https://*.partner.example");
		expect(answer.headers["cache-control"]).toBe("no-cache");
		expect(answer.headers).not.toHaveProperty("x-frame-options");
	});

	it.each([
		"https://crm.example/a/page",
		"https://eu.partner.example/",
		`${panelUrl}/crm/index.html`,
		"http://127.0.0.1:8080/oauth/authorize",
		"",
		"no address",
	])("is served inside of %j", async (referer) => {
		expect((await framedBy(referer)).status).toBe(200);
	});

	it.each(["iframe", "frame"])("tells a strange page that embeds it by %s who it is and what to do", async (dest) => {
		const answer = await framedBy("https://stranger.example/x", dest);
		expect(answer.status).toBe(403);
		expect(answer.body).toContain("https://stranger.example, may not embed");
		expect(answer.headers["content-security-policy"]).toMatch(/^default-src 'none'; .*frame-ancestors \*$/);
	});

	it("is opened by the pages of its deployment, also where more may frame it after the sign-in", async () => {
		const headers = { "sec-fetch-dest": "iframe", referer: "https://crm.example/x", host: "h" };
		const asked = { headers, policy, embedders: ["https://other.example"] };
		expect((await pages.page("index.html", asked)).status).toBe(403);
		expect((await pages.page("index.html", { ...asked, headers: { ...headers, referer: "" } })).status).toBe(200);
	});

	it("told people who read German in English that their page may not embed it", async () => {
		const referer = "https://stranger.example/x";
		const answer = await ask({ "sec-fetch-dest": "iframe", referer, host: "h", "accept-language": "de-AT,en;q=0.5" });
		expect(answer.body).toMatch(/<html lang="de" .*Diese Seite, https:\/\/stranger\.example, darf /s);
		expect(answer.headers.vary).toBe("accept-language");
	});

	it("does not mind where a link to it stands", async () => {
		expect((await framedBy("https://stranger.example/", "document")).status).toBe(200);
	});

	it.each(["https://x.example/<script>alert(1)</script>", 'https://x.example"><img>', "javascript:alert(1)//<b>"])(
		"repeats nothing of %j that could be markup",
		async (referer) => {
			// Its own script comes last, and is the same whoever asks.
			const own = String((await framedBy("https://stranger.example/")).body).split("<script>")[1];
			const [said = "", ...scripts] = String((await framedBy(referer)).body).split("<script>");
			expect(said).not.toMatch(/<script|<img>|<b>/);
			// What is no address refuses nobody.
			expect(scripts).toEqual(URL.canParse(referer) ? [own] : []);
		},
	);

	it("says so when the client has not been built", async () => {
		const answer = await new PanelPages(join(folder, "nowhere")).page("index.html", { headers: {}, policy });
		expect(answer.status).toBe(503);
	});
});
