import { presenceLabel } from "@inlay/contract";
import { locale } from "@inlay/ui";
import type { PresenceDefinition } from "../../session/wire.ts";
import { type Choosable, choosable } from "./status-form.ts";
import { t } from "./strings.ts";

/** A status as an agent who reads as the administrator does sees it. */
export function statusName({ languageLabels, name }: PresenceDefinition): string {
	return presenceLabel(languageLabels, locale.value) ?? name;
}

const others = ["Offline", "Idle", "OnQueue"] as const;

/** The name of a system presence; what is not known is told as it is. */
export function systemName(systemPresence: string): string {
	const known: ReadonlyArray<Choosable | (typeof others)[number]> = [...choosable, ...others];
	const found = known.find((one) => one === systemPresence);
	return found ? t(found) : systemPresence;
}
