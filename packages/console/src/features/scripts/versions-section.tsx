import { Button } from "@inlay/ui";
import { tell } from "../../shell/notice.ts";
import { Failure, Load, Section } from "../../shell/parts.tsx";
import type { ScriptModel, ScriptVersion } from "./scripts-model.ts";
import { shownTime } from "./scripts-screen.tsx";
import { t } from "./strings.ts";

/** What was published, the newest first, and the way back to each. */
export function VersionsSection({ model }: { model: ScriptModel }) {
	return (
		<Section title={t("versions")}>
			<Failure error={model.taking.error.value} />
			<Load from={model.versions}>
				{(versions) =>
					versions.length === 0 ? (
						<p class="ui-muted">{t("draft")}</p>
					) : (
						<ul class="rows">
							{versions.map((version) => (
								<Version key={version.id} model={model} version={version} />
							))}
						</ul>
					)
				}
			</Load>
		</Section>
	);
}

function Version({
	model,
	version: { id, number, publishedAt, publishedBy },
}: {
	model: ScriptModel;
	version: ScriptVersion;
}) {
	const who = model.people.value.get(publishedBy?.id ?? "");
	const takeBack = async () => {
		if (await model.takeBack(id)) tell(t("tookBack", { number }), "info");
	};
	return (
		<li>
			<div class="row-main">
				<strong>{t("version", { number })}</strong>
				<span class="ui-muted">
					{shownTime(publishedAt)}
					{who && ", "}
					<bdi>{who}</bdi>
				</span>
			</div>
			{!model.lack && (
				<Button size="small" busy={model.taking.busy.value} onClick={() => void takeBack()}>
					{t("back", { number })}
				</Button>
			)}
		</li>
	);
}
