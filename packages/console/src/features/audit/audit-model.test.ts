import { expect, it, vi } from "vitest";
import type { Method } from "../../session/api.ts";
import { FakeApi } from "../../test-support/fake-api.ts";
import { AuditModel, startOf } from "./audit-model.ts";

class AuditApi extends FakeApi {
	override async request<T>(method: Method, path: string, body?: unknown): Promise<T> {
		this.on(`${method} ${path.replace(/[?&]pageSize=\d+&pageNumber=\d+$/, "")}`, { entities: [], total: 0 });
		return super.request(method, path, body);
	}
	asks(path: string): URLSearchParams {
		const found = this.asked.filter(({ what }) => what.startsWith(`GET ${path}`)).at(-1)?.what;
		return new URLSearchParams(found?.split("?")[1]);
	}
}

const list = "/api/inlay/v1/audits";

it("a link to the changes of one thing showed those of everything", async () => {
	const api = new AuditApi();
	const model = new AuditModel(api);
	model.restore({ thing: "queue-1", text: "name" });
	await model.entries.slice.load();
	expect(Object.fromEntries(api.asks(list))).toMatchObject({ entityId: "queue-1", q: "name" });
	expect(model.place.value).toEqual({ thing: "queue-1", text: "name" });
	model.choose({ thing: "" });
	await vi.waitFor(() => expect(api.asks(list).get("entityId")).toBeNull());
});

it("another service was asked for things of the one before", async () => {
	const api = new AuditApi();
	const model = new AuditModel(api);
	model.choose({ service: "Routing", entity: "Queue", action: "Update" });
	model.choose({ service: "Groups" });
	expect(model.choices.value).toMatchObject({ service: "Groups", entity: "", action: "" });
});

it("days are whole days here, the last one too; what is no day is nothing", () => {
	expect(startOf("2026-11-27")).toBe(new Date(2026, 10, 27).toISOString());
	expect(startOf("2026-11-30", 1)).toBe(new Date(2026, 11, 1).toISOString());
	expect([startOf(""), startOf("soon")]).toEqual([undefined, undefined]);
});

it("a file had other entries than the list", async () => {
	const api = new AuditApi();
	const model = new AuditModel(api);
	model.choose({ action: "Delete", person: "u1" });
	await model.take("csv");
	expect(Object.fromEntries(api.asks(`${list}/export`))).toEqual({ action: "Delete", userId: "u1", format: "csv" });
});
