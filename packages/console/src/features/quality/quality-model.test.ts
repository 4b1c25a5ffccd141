import { describe, expect, it, vi } from "vitest";
import type { Method } from "../../session/api.ts";
import { FakeApi } from "../../test-support/fake-api.ts";
import { type FaultKind, faultsWanted, QualityModel, type Side } from "./quality-model.ts";

const now = Date.parse("2026-11-26T08:00:00Z");
const path = "GET /api/inlay/v1/conversations/quality";

/** Answers every question with nothing, and remembers what was asked. */
class EmptyApi extends FakeApi {
	override async request<T>(method: Method, where: string, body?: unknown): Promise<T> {
		this.on(`${method} ${where.replace(/[?&]pageSize=\d+&pageNumber=\d+$/, "")}`, this.#answer(where));
		return super.request(method, where, body);
	}
	#answer(where: string) {
		return where.includes("/users/") ? { id: "u1", name: "Ann Agent" } : { entities: [], total: 0 };
	}
	get last(): URLSearchParams {
		return new URLSearchParams(
			this.asked
				.filter(({ what }) => what.startsWith(path))
				.at(-1)
				?.what.split("?")[1],
		);
	}
}

describe("calls with bad sound", () => {
	it("are looked for in the last day, whatever was wrong", async () => {
		const api = new EmptyApi();
		await new QualityModel(api, () => now).calls.slice.load();
		expect(api.last.get("interval")).toBe("2026-11-25T08:00:00.000Z/2026-11-26T08:00:00.000Z");
		expect(api.last.get("fault")?.split(",")).toHaveLength(10);
	});

	it.each<[FaultKind, Side, string[]]>([
		["loss", "either", ["received.loss", "sent.loss"]],
		["loss", "sent", ["sent.loss"]],
		["any", "received", ["received.loss", "received.jitter", "received.faint", "received.silent"]],
		["delay", "sent", ["delay"]],
		["worst", "received", ["worst"]],
		["every", "sent", ["none"]],
	])("with %s that %s noticed are asked for by name", (kind, side, faults) => {
		expect(faultsWanted(kind, side)).toEqual(faults);
	});

	it("are chosen from the first page on, and the choice stands in the address", async () => {
		const api = new EmptyApi();
		const model = new QualityModel(api, () => now);
		model.calls.restore({ page: "1" });
		model.choose({ period: "7", kind: "silent", side: "sent", agent: { id: "u1", name: "Ann Agent" } });
		await vi.waitFor(() => expect(api.last.get("userId")).toBe("u1"));
		expect(model.place.value).toEqual({ days: "7", fault: "silent", side: "sent", agent: "u1" });
		model.choose({ agent: undefined });
		expect(model.place.value).toEqual({ days: "7", fault: "silent", side: "sent" });
		expect(model.steps.value).toBe(2);
	});

	it("are found again by their address, with the agent's name", async () => {
		const api = new EmptyApi();
		const model = new QualityModel(api, () => now);
		model.restore({ days: "31", fault: "loss", agent: "u1" });
		await model.calls.slice.load();
		expect([api.last.get("userId"), api.last.get("fault")]).toEqual(["u1", "received.loss,sent.loss"]);
		await vi.waitFor(() => expect(model.agent.value?.name).toBe("Ann Agent"));
		model.restore({ days: "31" });
		await vi.waitFor(() => expect(api.last.get("userId")).toBeNull());
	});

	it("an address that says what there is not is as if it said nothing", () => {
		const model = new QualityModel(new EmptyApi(), () => now);
		model.restore({ days: "999", fault: "echo", side: "both", page: "x" });
		expect(model.place.value).toEqual({});
	});
});
