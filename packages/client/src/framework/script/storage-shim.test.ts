import { describe, expect, it } from "vitest";
import { memoryStorage } from "./memory-storage.ts";
import { installStorageShim } from "./storage-shim.ts";

const answers = { token: () => "t0", userId: () => "u1" };
const refused = () => {
	throw new DOMException("Access is denied for this document.", "SecurityError");
};

/** As browsers have it: the names are accessors of the window, which a page may replace. */
function windowWith(get: () => Storage): Window {
	const accessor = { configurable: true, get };
	return Object.defineProperties({}, { localStorage: accessor, sessionStorage: accessor }) as Window;
}

describe("the storage that a script in the panel's window finds", () => {
	it("a script that remembered something fell over where the browser keeps frames of another site from storing", () => {
		const window = windowWith(refused);
		installStorageShim(window, answers);
		window.localStorage.setItem("view", "open");
		window.sessionStorage.last = "7";
		expect([window.localStorage.view, window.localStorage.length]).toEqual(["open", 1]);
		expect(window.sessionStorage.getItem("last")).toBe("7");
		expect(window.localStorage.getItem("nothing")).toBeNull();
		expect(JSON.parse(window.localStorage.getItem("pc_auth") ?? "")).toEqual({ authenticated: { access_token: "t0" } });
		expect(JSON.parse(window.localStorage.cwcUserStation)).toEqual({ userId: "u1" });
	});

	it("is the browser's own where it is allowed, and no token is written to it", () => {
		const own = memoryStorage();
		const window = windowWith(() => own);
		installStorageShim(window, answers);
		window.localStorage.setItem("view", "open");
		expect([own.getItem("view"), own.getItem("pc_auth"), window.sessionStorage]).toEqual(["open", null, own]);
		expect(window.localStorage.getItem("pc_auth")).toContain("t0");
	});

	it("a window that may not be changed keeps what it has", () => {
		const window = Object.freeze(windowWith(refused));
		expect(() => installStorageShim(window, answers)).not.toThrow();
	});
});
