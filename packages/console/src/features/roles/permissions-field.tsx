import { Checkbox, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import { Load } from "../../shell/parts.tsx";
import { coveringPattern, type DomainEntries, matching, patternsOf } from "./permissions.ts";
import type { RoleModel } from "./role-model.ts";
import { t } from "./strings.ts";

interface Props {
	model: RoleModel;
	permissions: readonly string[];
}

/** What a role allows: the patterns that stand for many, and every permission of the catalogue by domain. */
export function PermissionsField({ model, permissions }: Props) {
	const [text, setText] = useState("");
	return (
		<fieldset class="choices">
			<legend>{t("permissions")}</legend>
			<Patterns model={model} permissions={permissions} />
			<TextField label={t("searchPermissions")} type="search" value={text} onInput={setText} />
			<Load from={model.catalogue}>
				{(domains) => {
					const found = matching(domains, text);
					if (found.length === 0) return <p role="status">{t("noPermission", { text })}</p>;
					return found.map((one) => (
						<Domain key={one.domain} model={model} permissions={permissions} found={one} open={text.trim() !== ""} />
					));
				}}
			</Load>
		</fieldset>
	);
}

function Patterns({ model, permissions }: Props) {
	const read = model.role.value;
	// One that was just unticked stays on offer until the role is saved.
	const known = patternsOf([
		...permissions,
		...(read?.permissionPolicies ?? []).flatMap(({ domain, entityName, actionSet }) =>
			actionSet.map((action) => `${domain}:${entityName}:${action}`),
		),
	]);
	if (known.length === 0) return null;
	return (
		<div class="ui-stack">
			<p class="ui-hint">{t("patternsHint")}</p>
			{[...new Set(known)].sort().map((pattern) => (
				<Checkbox
					key={pattern}
					label={<code>{pattern}</code>}
					checked={permissions.includes(pattern)}
					onChange={(on) => model.toggle(pattern, on)}
				/>
			))}
		</div>
	);
}

function Domain({ model, permissions, found, open }: Props & { found: DomainEntries; open: boolean }) {
	const [toggled, setToggled] = useState(false);
	const isHeld = (permission: string) =>
		permissions.includes(permission) || coveringPattern(permissions, permission) !== undefined;
	const held = found.entries.filter(({ permission }) => isHeld(permission)).length;
	const isOpen = open || toggled;
	return (
		<details open={isOpen} onToggle={(event) => setToggled(event.currentTarget.open)}>
			<summary>{t("domain", { domain: found.domain, held, all: found.entries.length })}</summary>
			{isOpen && (
				<div class="choices-columns">
					{found.entries.map(({ permission, label }) => {
						const pattern = coveringPattern(permissions, permission);
						const fixed = pattern !== undefined || (!permissions.includes(permission) && !model.mayAdd(permission));
						return (
							<Checkbox
								key={permission}
								label={
									<>
										{label} <code class="ui-muted">{permission}</code>
										{pattern && <span class="ui-muted"> {t("coveredBy", { pattern })}</span>}
										{!pattern && fixed && <span class="ui-muted"> {t("notYours")}</span>}
									</>
								}
								checked={isHeld(permission)}
								disabled={fixed}
								onChange={(on) => model.toggle(permission, on)}
							/>
						);
					})}
				</div>
			)}
		</details>
	);
}
