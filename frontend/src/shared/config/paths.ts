/** Every address of the page. A static export cannot know ids, so they are query parameters. */
export const paths = {
  home: "/",
  run: (decisionSetId: string, tab?: string) =>
    `/runs/?id=${encodeURIComponent(decisionSetId)}${tab ? `&tab=${encodeURIComponent(tab)}` : ""}`,
  inbox: "/inbox/",
  settings: "/settings/",
  shared: (token: string) => `/shared/#${encodeURIComponent(token)}`,
} as const;
