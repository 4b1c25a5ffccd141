import { type ReadConfig, readConfigWith } from "./read-config.ts";
import { readUiPolicy } from "./read-ui-policy.ts";

/** Reads `window.Framework.config` whole; {@link readConfigWith} is for pages that load the reader of `settings.ui` when needed. */
export function readFrameworkConfig(raw: unknown): ReadConfig {
	return readConfigWith(raw, readUiPolicy);
}
