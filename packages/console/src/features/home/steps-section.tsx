import type { FirstStep } from "@inlay/contract/home";
import { Icon } from "@inlay/ui";
import { Section } from "../../shell/parts.tsx";
import { hrefOf, type Route } from "../../shell/router.ts";
import type { HomeModel } from "./home-model.ts";
import { t } from "./strings.ts";

/** Where a step is taken. */
const places: Readonly<Record<FirstStep, Route>> = {
	client: { screen: "new-client" },
	deployment: { screen: "deployments" },
	script: { screen: "deployments" },
	group: { screen: "groups" },
	active: { screen: "deployments" },
	agent: { screen: "people" },
	queue: { screen: "queues" },
	call: { screen: "deployments" },
};

/** What a new organization does next, in the guide's order; gone once all of it is done. */
export function StepsSection({ model }: { model: HomeModel }) {
	const steps = model.openSteps();
	if (steps.length === 0) return null;
	const next = steps.find(({ done }) => !done)?.step;
	return (
		<Section title={t("steps")}>
			<ol class="steps">
				{steps.map(({ step, done }) => (
					<li key={step} data-done={done} aria-current={step === next ? "step" : undefined}>
						<span class="step-mark">{done && <Icon name="check" size={16} />}</span>
						{done ? (
							<span>
								{t(`step_${step}`)} <span class="ui-hidden">({t("stepDone")})</span>
							</span>
						) : (
							<a href={hrefOf(places[step])}>{t(`step_${step}`)}</a>
						)}
					</li>
				))}
			</ol>
		</Section>
	);
}
