import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonSchema } from "@inlay/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Route } from "./kernel/http/route.ts";
import { callRoute, filledPath, pathOf, whichStore } from "./test-support/call-every.ts";
import { type WholeServer, wholeServer } from "./test-support/whole-server.ts";

let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
});
afterAll(() => server.close());

const oddIds = [
	"unknown",
	"%20",
	"%2e%2e",
	"%2F",
	"%25",
	"%27%3B--",
	"%F0%9F%98%80",
	"%E2%80%AE",
	"__proto__",
	"constructor",
	"null",
	"00000000-0000-0000-0000-000000000000",
	"99999999999999999999",
	"x".repeat(3000),
];
const brokenIds = ["%", "%00", "%zz", "%E0%A4%A", "a%c3%28"];

it("odd ids in any place are refused with an ErrorBody, and change nothing", async () => {
	const found: string[] = [];
	const send = async (route: Route) => {
		for (const [path, broken] of oddPaths(route)) {
			const answer = await callRoute(server, route, { as: "admin", path });
			const refused = broken ? answer.status === 400 : answer.status < 500;
			if (!refused || answer.fault)
				found.push(`${named(route)}: ${answer.status} ${answer.fault ?? ""} at ${path.slice(0, 200)}`);
		}
	};
	const routes = server.routes.filter(({ path }) => path.startsWith("/api/") && path.includes(":"));
	const storing = await whichStore(
		server,
		routes.filter((route) => !mayChange(route)),
		send,
	);
	found.push(...storing.map((route) => `${named(route)} has stored something`));
	for (const route of routes.filter(mayChange)) await send(route);
	expect(found).toEqual([]);
	expect(server.complaints).toEqual([]);
}, 120_000);

/** Operations that do their work whatever stands in one of their path's places, and why. */
const changesWithoutThat: ReadonlyMap<string, string> = new Map([
	["deleteRoutingQueueMember", "removing who is no member is done already"],
	["putRoutingUserUtilization", "with `..` for the user it is the organization's address"],
	["deleteRoutingUserUtilization", "likewise"],
]);

const mayChange = ({ method, operationId }: Route) => method === "GET" || changesWithoutThat.has(operationId);

function oddPaths(route: Route): Array<[path: string, broken: boolean]> {
	const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
	const last = names.at(-1) ?? "";
	const at = (id: string) => filledPath(route, { ...server.ids, [last]: "\u0001" }).replace("%01", id);
	return [
		...oddIds.map((id): [string, boolean] => [at(id), false]),
		...brokenIds.map((id): [string, boolean] => [at(id), true]),
	];
}

const oddValues = [
	"",
	"%20",
	"-1",
	"0",
	"1.5",
	"NaN",
	"Infinity",
	"1e308",
	"99999999999999999999",
	"2147483648",
	"true",
	"%F0%9F%98%80",
	"%ED%A0%BD",
	"%E0%A4%A",
	"%27%3B--",
	"__proto__",
	"*",
	"%25",
	"a,b,,c",
	"x".repeat(5000),
];

it("odd values of any query parameter are taken or refused, and break nothing", async () => {
	const found: string[] = [];
	for (const route of server.routes.filter(({ query, method }) => query && method === "GET")) {
		for (const name of Object.keys((route.query as JsonSchema).properties ?? {})) {
			for (const value of oddValues) await check(route, `?${name}=${value}`);
			await check(route, `?${name}=a&${name}=b&${name}[]=c&${name}[x]=d&__proto__[y]=e`);
		}
	}
	expect(found).toEqual([]);
	expect(server.complaints).toEqual([]);

	async function check(route: Route, query: string) {
		const answer = await callRoute(server, route, { as: "admin", query });
		if (answer.fault) found.push(`${named(route)}: ${answer.fault} for ${query.slice(0, 200)}`);
	}
}, 120_000);

it("parameters that nobody knows were taken and dropped, on every operation", async () => {
	const found: string[] = [];
	for (const route of server.routes.filter(({ path, query }) => path.startsWith("/api/") && !required(query))) {
		const answer = await callRoute(server, route, { as: "admin", query: "?nobodyKnowsThis=1" });
		if (answer.code !== "not.supported" && route.method !== "HEAD") found.push(`${named(route)}: ${answer.status}`);
	}
	expect(found).toEqual([]);
}, 60_000);

function required(query: unknown): boolean {
	return ((query as JsonSchema | undefined)?.required ?? []).length > 0;
}

it("numbers and truth values of queries were read from hexadecimal, exponents, signs, spaces and nothing", async () => {
	const found: string[] = [];
	for (const route of server.routes.filter(({ query, method }) => query && method === "GET")) {
		for (const [name, { type }] of Object.entries((route.query as JsonSchema).properties ?? {})) {
			for (const value of misspelt[type ?? ""] ?? []) {
				const answer = await callRoute(server, route, { as: "admin", query: `?${name}=${value}` });
				if (answer.code !== "invalid.query.param.value")
					found.push(`${named(route)}: ${answer.status} for ${name}=${value}`);
			}
		}
	}
	expect(found).toEqual([]);
}, 60_000);

const misspelt: Readonly<Record<string, readonly string[]>> = {
	integer: ["0x10", "1e1", "%205%20", "%2B5", "", "05", "5.0", "1_0", "null"],
	boolean: ["1", "0", "TRUE", "yes", "", "null"],
};

it("a listing's address with a slash behind it answered 400, for an id that is empty", async () => {
	for (const route of server.routes.filter(({ path }) => /^\/api\/.*\/:\w+$/.test(path))) {
		const path = filledPath(route, server.ids).replace(/[^/]+$/, "");
		const answer = await callRoute(server, route, { as: "admin", path });
		const code = route.method === "HEAD" ? "" : "not.found";
		expect([named(route), answer.status, answer.code]).toEqual([named(route), 404, code]);
	}
});

it("U+0000 in a query is refused everywhere", async () => {
	for (const route of server.routes.filter(({ query, method }) => query && method === "GET")) {
		expect((await callRoute(server, route, { as: "admin", query: "?name=a%00b" })).status).toBe(400);
	}
});

function named(route: Route): string {
	return `${route.method} ${pathOf(route)}`;
}

it("the console asked for programs that people have left, and only the domain's own tests were answered", async () => {
	const served = new Set(server.routes.map(({ operationId }) => operationId));
	const folder = fileURLToPath(new URL(".", import.meta.url));
	const declared = new Set<string>();
	for (const file of await readdir(folder, { recursive: true })) {
		if (!file.endsWith(".ts") || /test/.test(file)) continue;
		const text = await readFile(join(folder, file), "utf8");
		for (const [, operationId] of text.matchAll(/^\t*operationId: "(\w+)",$/gm))
			if (operationId) declared.add(operationId);
	}
	// Those of the panel's own origin (`createPanelRoutes`), and the entrance without a demo.
	const elsewhere = /^((get|post|delete)Crm|getRoot$|getCobrowseView$)/;
	expect([...declared].filter((each) => !served.has(each) && !elsewhere.test(each))).toEqual([]);
	expect(declared.size).toBeGreaterThan(100);
});
