import { Section } from "../../shell/parts.tsx";
import { anchorOf, type Desk, sayFinding } from "./desk.ts";
import type { Finding } from "./script-form.ts";
import { t } from "./strings.ts";

/** All that is wrong or doubtful, each with the way to where it stands. */
export function CheckSection({ desk: { document, findings } }: { desk: Desk }) {
	const whereOf = ({ pageId, actionId }: Finding) =>
		document.pages.find(({ id }) => id === pageId)?.name ?? document.actions.find(({ id }) => id === actionId)?.name;
	return (
		<Section title={t("check")}>
			{findings.length === 0 ? (
				<p role="status">{t("fine")}</p>
			) : (
				<ul class="plain-list" role="status">
					{findings.map((one, at) => (
						<li key={at} class={one.isFault ? "ui-error" : undefined}>
							<FindingLink finding={one} where={whereOf(one)} />
						</li>
					))}
				</ul>
			)}
		</Section>
	);
}

function FindingLink({ finding, where }: { finding: Finding; where: string | undefined }) {
	const text = sayFinding(finding);
	const target = finding.componentId ?? finding.actionId ?? finding.pageId;
	if (!target) return <bdi>{text}</bdi>;
	return (
		<button type="button" class="script-jump" onClick={() => showPlace(target)}>
			{where && <bdi>{where}</bdi>}
			{where && ": "}
			<bdi>{text}</bdi>
		</button>
	);
}

/** Opens what is folded around it, and puts the focus there. */
function showPlace(id: string): void {
	const found = document.getElementById(anchorOf(id));
	for (let one = found?.parentElement; one; one = one.parentElement)
		if (one instanceof HTMLDetailsElement) one.open = true;
	if (found instanceof HTMLDetailsElement) found.open = true;
	(found?.querySelector<HTMLElement>("input, textarea, select") ?? found)?.focus();
}
