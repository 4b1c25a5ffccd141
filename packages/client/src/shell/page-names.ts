import { signal } from "@preact/signals";
import type { ComponentChildren, ComponentType } from "preact";

/** How the original's page, whose names some scripts need, draws things. */
export interface PageNames {
	/** Goes around the button of a call control. */
	Control: ComponentType<{ control: string; children: ComponentChildren }>;
}

/** Undefined where the deployment does not ask for them. */
export const pageNames = signal<PageNames | undefined>(undefined);

/** Fetches and installs them; never rejects: a script does without, rather than not run at all. */
export async function loadPageNames(): Promise<void> {
	try {
		const { install } = await import("../compat/compat.ts");
		pageNames.value = await install(window);
	} catch (error) {
		console.warn("inlay: the names of the original's page could not be loaded", error);
	}
}
