import { afterEach, expect, it, vi } from "vitest";
import { otherFrames } from "./frames.ts";

afterEach(() => vi.unstubAllGlobals());

/** As browsers have it: of a page of another origin only the frames in it are to be seen. */
function page(origin: string | undefined, ...frames: unknown[]): Window {
	const location = () => {
		if (!origin) throw new DOMException("Blocked", "SecurityError");
		return { origin };
	};
	const one = Object.assign({}, frames, { length: frames.length });
	return Object.defineProperty(one, "location", { get: location }) as unknown as Window;
}

it("each frame of the CRM's page was spoken to, which its console showed as an error of the CRM's", () => {
	vi.stubGlobal("location", { origin: "https://panel.test" });
	const ours = page("https://panel.test");
	const within = page("https://panel.test");
	const here = page("https://panel.test") as Window & { top: Window };
	const top = page(undefined, ours, page(undefined, within), page(undefined), here);
	Object.assign(here, { top });
	expect(otherFrames(here)).toEqual([ours, within]);
});
