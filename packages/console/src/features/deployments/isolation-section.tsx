import { Checkbox, Select } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import { Section } from "../../shell/parts.tsx";
import type { DeploymentModel } from "./deployment-model.ts";
import type { IsolationAdvice } from "./editor/lint-question.ts";
import { linter } from "./editor/lint-thread.ts";
import { t } from "./strings.ts";

/** How far the script is trusted: the frame that it runs in, and the agent's token. */
export function IsolationSection({ model }: { model: DeploymentModel }) {
	const draft = model.draft.value;
	const advice = useAdvice(draft?.frameworkJs ?? "");
	if (!draft) return null;
	return (
		<Section title={t("isolation")} hint={t("isolationHint")}>
			<Checkbox
				label={t("isolationDemand")}
				checked={draft.isolation}
				onChange={(isolation) => model.change({ isolation })}
			/>
			{advice && <Advice advice={advice} isOn={draft.isolation || advice.asks} />}
			<Select
				label={t("scriptToken")}
				hint={t("scriptTokenHint")}
				value={draft.scriptToken}
				options={[
					{ value: "", text: t("tokenUsual") },
					{ value: "give", text: t("tokenGive") },
					{ value: "withhold", text: t("tokenWithhold") },
				]}
				onChange={(value) => model.change({ scriptToken: value === "give" || value === "withhold" ? value : "" })}
			/>
		</Section>
	);
}

function Advice({ advice: { asks, needs }, isOn }: { advice: IsolationAdvice; isOn: boolean }) {
	const list = needs.map(({ lack, line }) => t("isolationNeed", { what: t(`lack_${lack}`), line })).join("; ");
	const verdict =
		needs.length > 0 ? t("isolationWouldMiss", { list }) : isOn ? t("isolationFits") : t("isolationAdvised");
	return (
		<p class="ui-muted" data-isolation-advice={needs.length > 0 ? "misses" : "fits"}>
			{asks && `${t("isolationAsked")} `}
			{verdict}
		</p>
	);
}

/** What the linter's reading of the script says; nothing where there is none, or it cannot be read. */
function useAdvice(source: string): IsolationAdvice | undefined {
	const [advice, setAdvice] = useState<IsolationAdvice | undefined>(undefined);
	useEffect(() => {
		let isCurrent = true;
		const timer = setTimeout(async () => {
			const read = await adviceOn(source);
			if (isCurrent) setAdvice(read);
		}, 300);
		return () => {
			isCurrent = false;
			clearTimeout(timer);
		};
	}, [source]);
	return advice;
}

function adviceOn(source: string): Promise<IsolationAdvice | undefined> {
	if (source.trim() === "") return Promise.resolve(undefined);
	return linter.ask({ kind: "isolation", source }).catch(() => undefined);
}
