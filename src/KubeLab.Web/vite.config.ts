import { defineConfig } from 'vite';

// One page, everything in it: no request leaves the machine. Paths are relative, so the page works below any address.
export default defineConfig({
  base: './',
  publicDir: false,
  define: {
    // The Jupyter client was written for Node's globals.
    global: 'globalThis',
    'process.env.NODE_ENV': '"production"',
  },
  build: {
    outDir: '../../artifacts/npm/page',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
  },
});
