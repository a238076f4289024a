#include <cstdio>

int main() { std::puts("kpuhub " KPUHUB_VERSION); }
