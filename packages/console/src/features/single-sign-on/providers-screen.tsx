import { EmptyState } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Load, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { Switch } from "../../shell/switch.tsx";
import type { Provider } from "./provider-form.ts";
import type { Methods, ProvidersModel } from "./providers-model.ts";
import { t } from "./strings.ts";

/** The companies' sign-ins that people may use, and whether passwords count beside them. */
export function ProvidersScreen({ model }: { model: ProvidersModel }) {
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.addProvider}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-identity-provider" })}
		>
			<Load from={model.providers}>
				{(providers) =>
					providers.length === 0 ? (
						<div class="ui-card">
							<EmptyState icon="shield" title={t("emptyTitle")}>
								<p>{t("emptyText")}</p>
							</EmptyState>
						</div>
					) : (
						<Section title={t("providers")}>
							<ul class="rows">
								{providers.map((one) => (
									<Row key={one.id} provider={one} />
								))}
							</ul>
						</Section>
					)
				}
			</Load>
			<Load from={model.methods}>{(methods) => <Passwords model={model} methods={methods} />}</Load>
		</ListScreen>
	);
}

function Row({ provider: { id, label, name, kind, enabled } }: { provider: Provider }) {
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "identity-provider", id })}>
					<bdi>{label}</bdi>
				</a>
				<span class="ui-muted">
					<bdi>{name}</bdi>, {t(kind)}, {t(enabled ? "isOn" : "isOff")}
				</span>
			</div>
		</li>
	);
}

function Passwords({ model, methods }: { model: ProvidersModel; methods: Methods }) {
	const lack = useLack(needs.editProvider);
	const off = methods.passwords === "administrators";
	const set = async (passwords: Methods["passwords"]) => {
		if (!(await model.setPasswords(passwords))) return;
		model.asked.value = false;
		tell(t(passwords === "administrators" ? "passwordsAreOff" : "passwordsAreOn"));
	};
	return (
		<Section title={t("passwords")} hint={t("passwordsHint")}>
			{lack ? (
				<p>{t(off ? "forAdministrators" : "forEverybody")}</p>
			) : (
				<Switch
					label={t("passwordsForAll")}
					on={!off}
					text={t(off ? "forAdministrators" : "forEverybody")}
					busy={model.saving.busy.value}
					onChange={(on) => {
						if (on) void set("everybody");
						else model.asked.value = true;
					}}
				/>
			)}
			{!model.asked.value && <Failure error={model.saving.error.value} />}
			{model.asked.value && (
				<Confirm
					title={t("offTitle")}
					text={t("offText")}
					action={t("offConfirm")}
					task={model.saving}
					onClose={() => {
						model.asked.value = false;
					}}
					onConfirm={() => void set("administrators")}
				/>
			)}
		</Section>
	);
}
