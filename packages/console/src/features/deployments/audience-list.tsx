import { Affected } from "../../shell/affected.tsx";
import type { Audience } from "./audience.ts";
import { t } from "./strings.ts";

/** Whom something is about, their panel closes unless `title` says otherwise: groups and how many are in them, everybody, or nobody. */
export function AudienceList({ audience, title = t("usedBy") }: { audience: Audience; title?: string }) {
	if (audience.kind === "everybody") return <p>{t("usedByAll")}</p>;
	if (audience.groups.length === 0) return <p>{t("usedByNobody")}</p>;
	const names = audience.groups.map(({ name, memberCount }) => t("groupMembers", { name, count: memberCount }));
	return <Affected title={title} names={names} />;
}
