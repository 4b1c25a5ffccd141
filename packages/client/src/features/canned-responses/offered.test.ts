import { smsSegments } from "@inlay/contract/sms-segments";
import { expect, test } from "vitest";
import { filled, type KnownFacts, type OfferedResponse, search, searchable, slashBefore } from "./offered.ts";
import { offersResponses } from "./response-aid.tsx";
import { SendGate } from "./send-gate.ts";

const facts: KnownFacts = {
	agentName: "Anna Berg",
	customerName: "Carol Baker",
	queueName: "Support",
	date: "26 November 2026",
	conversationId: "c1",
	attributes: { caseNumber: "4711" },
};

const response = (name: string, text: string, more: Partial<OfferedResponse> = {}): OfferedResponse => ({
	...{ id: name, name, text, libraries: [], substitutions: [] },
	...more,
});

const returning = response("Returning goods", "Dear {{customerFirstName}}, send it back to us. {{agentName}}", {
	shortcut: "ret",
});

test('CR-1 `/ret` in SMS inserts "Dear Carol, …" plain, 1 segment counted', () => {
	const all = [response("Retail hours", "We are open."), returning].map(searchable);
	const found = search(all, slashBefore("Hello\n/ret") ?? "");
	expect(found.map(({ name }) => name)).toEqual(["Returning goods", "Retail hours"]);
	const { text, open } = filled(returning, facts);
	expect(text).toBe("Dear Carol, send it back to us. Anna Berg");
	expect(open).toEqual([]);
	expect(smsSegments(text).segments).toBe(1);
});

test("a placeholder named like what every object of JavaScript has showed customers its source", () => {
	const names = ["constructor", "toString", "__proto__"];
	const text = names.map((name) => `{{${name}}}`).join(" ");
	expect(filled(response("Inside", text, { html: text }), facts)).toMatchObject({ text, html: text, open: names });
});

test("CR-3 unresolved `{{order}}` → send asks", () => {
	const order = response("Order", "Order {{order}} of case {{caseNumber}} by {{shop}}", {
		substitutions: [{ id: "shop", defaultValue: "us" }],
	});
	const { text, open } = filled(order, facts);
	expect(text).toBe("Order {{order}} of case 4711 by us");
	expect(open).toEqual(["order"]);
	const gate = new SendGate();
	let sent = 0;
	gate.isOpen = true;
	expect(gate.holds(text, () => sent++)).toBe(true);
	expect(sent).toBe(0);
	gate.asked.value?.();
	expect(sent).toBe(1);
	expect(gate.holds("Order 7", () => sent++)).toBe(false);
});

test("CR-4 HTML response in web message is inserted as text; in a mail what the customer is called is no markup", () => {
	const rich = response("Rich", "Dear {{customerName}}", { html: "<p>Dear {{customerName}}</p>" });
	const { text, html } = filled(rich, { ...facts, customerName: "<b>Carol</b>" });
	expect(text).toBe("Dear <b>Carol</b>");
	expect(html).toBe("<p>Dear &lt;b&gt;Carol&lt;/b&gt;</p>");
});

test("CR-5 no permission → no button, `/` is an ordinary character, and so are braces", () => {
	const holding = (...held: string[]) => offersResponses({ can: (permission: string) => held.includes(permission) });
	expect(holding("responses:response:view", "responses:library:view")).toBe(true);
	expect(holding("responses:response:view")).toBe(false);
	expect(holding("responses:library:view")).toBe(false);
	expect(new SendGate().holds("{{order}}", () => {})).toBe(false);
});

test("CR-6 30-response library: search answers ≤ 50 ms", () => {
	const words = "order return refund delivery warranty router restart invoice payment address".split(" ");
	const text = (n: number) => Array.from({ length: 200 }, (_, at) => words[(n + at * 3) % words.length]).join(" ");
	const all = Array.from({ length: 30 }, (_, n) => searchable(response(`Response ${n}`, text(n))));
	const begun = performance.now();
	expect(search(all, "refu deliv")).toHaveLength(30);
	expect(performance.now() - begun).toBeLessThan(50);
});

test("a slash within a word, as in a date or an address, opened the list", () => {
	expect(slashBefore("/")).toBe("");
	expect(slashBefore("see /re")).toBe("re");
	for (const text of ["1/2", "https://exa", "and/or", "/ret "]) expect(slashBefore(text), text).toBeUndefined();
});
