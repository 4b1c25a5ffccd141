import { Button } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { tell } from "../../shell/notice.ts";
import { Failure, Load, Section, Shown } from "../../shell/parts.tsx";
import { Lack } from "../../shell/rights.tsx";
import { changesBetween } from "./edit-document.ts";
import type { ScriptModel } from "./scripts-model.ts";
import { t } from "./strings.ts";

/** What publishing would change, whom it reaches, and the button. */
export function PublishSection({ model }: { model: ScriptModel }) {
	const lack = model.lackToPublish;
	useEffect(() => void model.queues.begin(), [model]);
	const publish = async () => {
		const number = await model.publish();
		if (number !== undefined) tell(t("publishedNow", { name: model.details.base.peek()?.name ?? "", number }));
	};
	return (
		<Section title={t("publish")} hint={t("publishHint")}>
			<Load from={model.live}>{() => <Changes model={model} />}</Load>
			<Shown from={model.queues}>{() => <Queues names={model.shownIn} />}</Shown>
			<Lack lack={lack} what="Changing" />
			<Failure error={model.publishing.error.value} />
			{!lack &&
				(model.details.changed.value.length > 0 ? (
					<p role="status">{t("publishFirst")}</p>
				) : (
					<div>
						<Button kind="primary" busy={model.publishing.busy.value} onClick={() => void publish()}>
							{t("publish")}
						</Button>
					</div>
				))}
		</Section>
	);
}

function Queues({ names }: { names: readonly string[] | undefined }) {
	if (!names) return null;
	return <p>{names.length > 0 ? t("inQueues", { names: names.join(", ") }) : t("inNoQueue")}</p>;
}

function Changes({ model }: { model: ScriptModel }) {
	const live = model.live.value;
	const script = model.details.base.value;
	if (!live || !script) return <p>{t("draft")}</p>;
	const { pages, hasOther, variables, actions } = changesBetween(live.document, script.document);
	const parts = [...pages, hasOther && t("pages"), variables && t("variables"), actions && t("actions")].filter(
		Boolean,
	);
	const number = live.number;
	return <p>{parts.length === 0 ? t("noChanges", { number }) : t("changes", { number, what: parts.join(", ") })}</p>;
}
