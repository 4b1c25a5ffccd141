import { needs } from "../../session/needs.ts";
import { Section } from "../../shell/parts.tsx";
import { Lack, useLack } from "../../shell/rights.tsx";
import { hrefOf } from "../../shell/router.ts";
import { t as ofExplorer } from "../explorer/strings.ts";
import { t } from "./strings.ts";

/** "Why can this person not use it?" is answered by the permission explorer, for this deployment. */
export function CheckSection({ deploymentId }: { deploymentId: string }) {
	const lack = useLack(needs.viewGrants);
	const href = `${hrefOf({ screen: "explorer" })}?${new URLSearchParams({ deployment: deploymentId })}`;
	return (
		<Section title={t("check")} {...(lack ? {} : { hint: ofExplorer("checkLink") })}>
			{lack ? <Lack lack={lack} what="Seeing" /> : <a href={href}>{ofExplorer("openExplorer")}</a>}
		</Section>
	);
}
