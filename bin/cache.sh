# One compiler cache for all checkouts of a machine: paths under the checkout count as relative (sourced by the other scripts).
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$PWD} CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-20G}
