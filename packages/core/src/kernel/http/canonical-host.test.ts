import { expect, it } from "vitest";
import { pageElsewhere } from "./canonical-host.ts";

const navigation = (host: string, extra: Record<string, string> = {}) => ({
	method: "GET",
	url: "/crm/index.html?deployment=1",
	headers: { host, "sec-fetch-mode": "navigate", ...extra },
});

it("a page opened as 127.0.0.1 goes to localhost, query and all", () => {
	const elsewhere = pageElsewhere(navigation("127.0.0.1:8080"), "http://localhost:8080");
	expect(elsewhere).toBe("http://localhost:8080/crm/index.html?deployment=1");
	expect(pageElsewhere(navigation("[::1]:8080"), "http://localhost:8080")).toBe(elsewhere);
});

it("stays where it is under the right name, behind a proxy, and for programs", () => {
	expect(pageElsewhere(navigation("localhost:8080"), "http://localhost:8080")).toBeUndefined();
	expect(pageElsewhere(navigation("127.0.0.1:8080"), "https://inlay.example.com")).toBeUndefined();
	expect(pageElsewhere(navigation("inlay.example.com"), "http://localhost:8080")).toBeUndefined();
	expect(
		pageElsewhere(navigation("127.0.0.1:8080", { "sec-fetch-mode": "cors" }), "http://localhost:8080"),
	).toBeUndefined();
	expect(pageElsewhere({ ...navigation("127.0.0.1:8080"), method: "POST" }, "http://localhost:8080")).toBeUndefined();
	expect(
		pageElsewhere({ ...navigation("127.0.0.1:8080"), headers: { host: "127.0.0.1:8080" } }, "http://localhost:8080"),
	).toBeUndefined();
});
