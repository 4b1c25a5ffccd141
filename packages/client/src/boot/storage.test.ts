import { describe, expect, it } from "vitest";
import { frameNameStorage, memoryStorage, readJson } from "./storage.ts";

describe("storage in a frame's name", () => {
	it("keeps values across pages and gives the embedding page's name back", () => {
		const frame = { name: "softphone" };
		frameNameStorage(frame).setItem("a", "1");
		frameNameStorage(frame).setItem("b", "2");
		expect(frameNameStorage(frame).getItem("a")).toBe("1");
		frameNameStorage(frame).removeItem("a");
		frameNameStorage(frame).removeItem("b");
		expect(frame.name).toBe("softphone");
	});

	it("survives a name that somebody has damaged", () => {
		expect(frameNameStorage({ name: "inlay:{" }).getItem("a")).toBeNull();
	});
});

describe("kept JSON", () => {
	it("counts as absent when it is damaged or of another shape", () => {
		const store = memoryStorage();
		store.setItem("k", "{");
		expect(readJson(store, "k", () => true)).toBeUndefined();
		store.setItem("k", "{}");
		expect(readJson<{ id: string }>(store, "k", (value) => typeof value.id === "string")).toBeUndefined();
	});
});
