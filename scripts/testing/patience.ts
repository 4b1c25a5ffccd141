import { vi } from "vitest";
import { patienceMs } from "./patience-ms.ts";

type Options = number | { timeout?: number; interval?: number };

const patient = (options: Options = {}) =>
	typeof options === "number" ? options : { timeout: patienceMs, ...options };

// `expect.poll` has its own in vitest.config.ts; these two have none to set. Files share the module where they are not isolated.
const known = vi as typeof vi & { isPatient?: true };
if (!known.isPatient) {
	const { waitFor, waitUntil } = vi;
	vi.waitFor = (callback, options) => waitFor(callback, patient(options));
	vi.waitUntil = (callback, options) => waitUntil(callback, patient(options));
	known.isPatient = true;
}
