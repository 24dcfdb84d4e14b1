import type { NextConfig } from "next";

// Static files only: the API serves them on its own port, and no Node runs in production.
const config: NextConfig = {
  output: "export",
  trailingSlash: true,
  reactStrictMode: true,
  images: { unoptimized: true },
  poweredByHeader: false,
};

export default config;
