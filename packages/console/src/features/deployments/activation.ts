import type { Integration } from "../../session/wire.ts";

/** What there is to tell of a deployment that has just been switched on, by the name of its text. */
export function activation({ config }: Integration): "activated" | "activatedEmpty" {
	return config.current.properties.frameworkJs ? "activated" : "activatedEmpty";
}
