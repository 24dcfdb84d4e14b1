"use client";

import { AccessSettings } from "@/features/settings/access-settings";
import { NotificationSettings } from "@/features/settings/notification-settings";
import { ProjectSettings } from "@/features/settings/project-settings";
import { ServerState } from "@/features/settings/server-state";
import { useTitle } from "@/shared/lib/use-title";
import { ThemeSwitch } from "@/shared/ui/theme-switch";
import { TopBar } from "../top-bar";

export default function SettingsPage() {
  useTitle("Settings");
  return (
    <>
      <TopBar />
      <main tabIndex={-1} className="mx-auto flex max-w-3xl flex-col gap-12 px-4 py-12">
        <h1 className="text-xl">Settings</h1>
        <section className="flex flex-col items-start gap-3">
          <h2 className="text-lg">Theme</h2>
          <ThemeSwitch />
        </section>
        <NotificationSettings />
        <AccessSettings />
        <ProjectSettings />
        <ServerState />
      </main>
    </>
  );
}
