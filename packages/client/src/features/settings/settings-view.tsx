import "./settings.css";
import { Button, Select, type SelectOption } from "@inlay/ui";
import type { ComponentChildren } from "preact";
import { webRtcStationType } from "../../session/station-store.ts";
import type { FeatureManifest, Loadable } from "../../shell/feature.ts";
import { featuresFor } from "../../shell/features.ts";
import { Lazy } from "../../shell/lazy.tsx";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { CallerIdFields } from "./caller-id-fields.tsx";
import { KeptConnection } from "./kept-connection.tsx";
import { PhoneWindowChoice } from "./phone-window-choice.tsx";
import { SettingsModel } from "./settings-model.ts";
import { ShortcutKeys } from "./shortcut-keys.tsx";
import { t } from "./strings.ts";

const isInSettings = (feature: FeatureManifest): feature is FeatureManifest & Loadable =>
	feature.entry.place === "settings";

/** Where calls ring, and with which devices. */
export function SettingsView({ workspace }: { workspace: Workspace }) {
	const model = useModel(() => new SettingsModel(workspace));
	return (
		<div class="settings">
			<Section title={t("phone")}>
				<StationChoice workspace={workspace} model={model} />
				<KeptConnection workspace={workspace} />
				<PhoneWindowChoice workspace={workspace} />
			</Section>
			<Section title={t("sound")}>
				<MicrophoneChoice workspace={workspace} model={model} />
				<SpeakerChoices workspace={workspace} />
			</Section>
			{workspace.config.value.settings.enableConfigurableCallerID && (
				<Section title={t("callerId")}>
					<CallerIdFields workspace={workspace} />
				</Section>
			)}
			{featuresFor(workspace).map(
				(feature) => isInSettings(feature) && <Lazy key={feature.id} feature={feature} workspace={workspace} quiet />,
			)}
			<Section title={t("keyboard")}>
				<ShortcutKeys workspace={workspace} />
			</Section>
			<Section title={t("account")}>
				<p>
					<strong>
						<bdi>{workspace.session.me.name}</bdi>
					</strong>
					<br />
					<bdi class="ui-muted">{workspace.session.me.email}</bdi>
				</p>
			</Section>
		</div>
	);
}

function Section({ title, children }: { title: string; children: ComponentChildren }) {
	return (
		<section class="settings-section ui-stack">
			<h2>{title}</h2>
			{children}
		</section>
	);
}

function StationChoice({ workspace, model }: { workspace: Workspace; model: SettingsModel }) {
	const { session, phone } = workspace;
	const options = model.stations.map((station) => ({
		value: station.id,
		text:
			station.type === webRtcStationType ? t("thisPanel", { name: station.name ?? "" }) : (station.name ?? station.id),
	}));
	return (
		<Select
			label={t("station")}
			name="station"
			value={session.station.associated.value?.id ?? ""}
			disabled={workspace.busy.value.has("station")}
			options={[{ value: "", text: t("noStation") }, ...options]}
			hint={<span data-line={phone.line.state.value}>{t(phone.line.state.value)}</span>}
			onChange={(id) => void model.useStation(id)}
		/>
	);
}

function deviceOptions(devices: readonly MediaDeviceInfo[]): SelectOption[] {
	const named = devices.map((device, index) => ({
		value: device.deviceId,
		text: device.label || t("deviceNumber", { number: index + 1 }),
	}));
	return [{ value: "", text: t("systemDevice") }, ...named];
}

function MicrophoneChoice({ workspace, model }: { workspace: Workspace; model: SettingsModel }) {
	const { devices } = workspace;
	return (
		<>
			<Select
				label={t("microphone")}
				value={devices.microphone.value ?? ""}
				options={deviceOptions(devices.microphones.value)}
				onChange={(id) => void model.chooseMicrophone(id)}
			/>
			<div class="ui-row">
				<Button
					icon="mic"
					aria-pressed={model.testing.value}
					busy={workspace.busy.value.has("mic-test")}
					onClick={() => void model.toggleTest()}
				>
					{t(model.testing.value ? "micStop" : "micTest")}
				</Button>
				{model.testing.value && <Level model={model} />}
			</div>
			{model.testing.value && <p class="ui-hint">{t("speak")}</p>}
		</>
	);
}

function Level({ model }: { model: SettingsModel }) {
	return <meter class="level" aria-label={t("level")} min={0} max={1} value={model.meter.level.value} />;
}

function SpeakerChoices({ workspace }: { workspace: Workspace }) {
	const { devices, ringer } = workspace;
	const options = deviceOptions(devices.speakers.value);
	return (
		<>
			<Select
				label={t("speaker")}
				value={devices.speaker.value ?? ""}
				options={options}
				onChange={(id) => {
					devices.speaker.value = id || undefined;
				}}
			/>
			<Select
				label={t("ringer")}
				value={devices.ringer.value ?? ""}
				options={options}
				onChange={(id) => {
					devices.ringer.value = id || undefined;
				}}
			/>
			<div class="ui-field">
				<label for="ring-volume">{t("volume")}</label>
				<div class="ui-row">
					<input
						id="ring-volume"
						class="ui-grow"
						type="range"
						min="0"
						max="100"
						value={Math.round(devices.ringVolume.value * 100)}
						onInput={(event) => {
							devices.ringVolume.value = Number(event.currentTarget.value) / 100;
						}}
					/>
					<Button icon="bell" onClick={() => ringer.test()}>
						{t("ringTest")}
					</Button>
				</div>
			</div>
		</>
	);
}
